import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  isSupported,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
} from "govuk-frontend";

import "./autosave";
import "./findings";

const COMPONENTS = [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
];

// After a swap the page holds components that run already beside new ones, and a component
// refuses to start twice on one element: so only those not yet started are started.
function start(scope) {
  if (!isSupported()) return;
  for (const Component of COMPONENTS) {
    const name = Component.moduleName;
    const waiting = `[data-module="${name}"]:not([data-${name}-init])`;
    const found = [...scope.querySelectorAll(waiting)];
    if (scope instanceof Element && scope.matches(waiting)) found.unshift(scope);
    for (const element of found) new Component(element);
  }
}

start(document);
document.addEventListener("htmx:load", (event) => start(event.detail.elt));
