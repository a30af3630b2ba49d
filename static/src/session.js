// What every request of a page's own needs to know of the session it is sent in.

function cookie(name) {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

// Signing in again in another tab changes the token: the one the page was drawn with is refused.
export const token = () => cookie("csrftoken");

// A session that has ended answers with a whole page: the one to sign in, or where it leads.
export const isWholePage = (text) => text.trimStart().startsWith("<!");
