"""What a reader may count on: where things are, how long they get, what never happens."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
APPS = ("authorities", "rounds", "feedback")
PACKAGES = ("peerchallenge", *APPS)

TOP_LEVEL = {
    *(".ci", ".dockerignore", ".env.sample", ".gitignore", ".npmrc"),
    *("CONTRIBUTING.md", "Dockerfile", "LICENSE", "Makefile", "README.md"),
    *("authorities", "bench", "docker-compose.yml", "docs", "feedback", "manage.py"),
    *("package-lock.json", "package.json", "peerchallenge", "pyproject.toml"),
    *("requirements-dev.txt", "requirements-node.txt", "requirements.txt"),
    *("rounds", "static", "templates", "tests"),
}
IN_AN_APP = {
    *("urls", "admin", "views", "tasks", "forms", "actions", "emails", "documents"),
    *("permissions", "queries", "models", "states", "matching", "scheduling", "profile"),
    *("apps", "migrations", "management", "__init__"),
}
IN_SHARED = {
    *("answers", "transitions", "forms", "fields", "mail", "pdf", "dates", "charts"),
    *("marks", "seals"),
    *("markup", "xmp", "streams", "word"),
    *("converters", "templatetags", "uploads", "personal_data", "spreadsheets", "__init__"),
}
LONGEST_FILE = 300
LONGEST_VIEW = 25
# What a browser runs or loads from us is built from npm packages and never kept here.
BUILT_ELSEWHERE = {".map", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".whl", ".tgz", ".jar"}


def ours(pattern: str, *folders: str) -> list[Path]:
    """Our own files, without what Django writes."""
    found = (path for folder in folders for path in (ROOT / folder).rglob(pattern))
    unwanted = {"__pycache__", "migrations", "build", "node_modules"}
    return sorted(path for path in found if path.is_file() and not unwanted & set(path.parts))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def modules(word: str) -> list[Path]:
    """The modules of that name, or every file of the packages of that name."""
    return [
        path for path in ours("*.py", *PACKAGES) if path.stem == word or path.parent.name == word
    ]


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef):
            yield node


def test_the_top_level_holds_only_what_is_expected() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    tracked = {line.partition("/")[0] for line in listed.stdout.splitlines()}
    assert tracked
    assert tracked - TOP_LEVEL == set()


@pytest.mark.parametrize("app", APPS)
def test_an_app_holds_the_same_few_file_names(app: str) -> None:
    python = {path.relative_to(ROOT / app).parts[0] for path in ours("*.py", app)}
    assert {Path(part).stem for part in python} - IN_AN_APP == set()


def test_the_shared_tools_are_a_closed_list() -> None:
    shared = "peerchallenge/shared"
    there = {path.relative_to(ROOT / shared).parts[0] for path in ours("*.py", shared)}
    assert {Path(part).stem for part in there} - IN_SHARED == set()


def test_no_file_is_long() -> None:
    python = ours("*.py", *PACKAGES, "tests", "bench")
    pages = [*ours("*", "static/src"), *ours("*", "templates")]
    lengths = {name(path): len(path.read_text().splitlines()) for path in [*python, *pages]}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_a_view_is_a_short_function() -> None:
    long = {
        f"{name(path)}::{function.name}": length
        for path in modules("views")
        for function in functions(path)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_VIEW
    }
    assert long == {}


def test_a_view_is_never_a_class() -> None:
    bodies = {name(path): ast.parse(path.read_text()).body for path in modules("views")}
    assert bodies
    assert [path for path in bodies if any(isinstance(n, ast.ClassDef) for n in bodies[path])] == []


def test_a_view_fetches_only_what_the_person_may_see() -> None:
    fetches = {name(path): list(unscoped_fetches(path.read_text())) for path in modules("views")}
    assert fetches
    assert {path: found for path, found in fetches.items() if found} == {}


def unscoped_fetches(code: str) -> Iterator[str]:
    """Each place that reaches for rows in another way than `objects.visible_to(...)`."""
    tree = ast.parse(code)
    scoped = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "visible_to"
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and id(node) not in scoped:
            if node.attr in {"objects", "_default_manager", "_base_manager"}:
                yield ast.unparse(node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            # Given a model and not a queryset, these shortcuts ask its manager for everything.
            first = node.args[0] if node.args else None
            shortcut = node.func.id in {"get_object_or_404", "get_list_or_404"}
            if shortcut and isinstance(first, ast.Name) and first.id[:1].isupper():
                yield ast.unparse(node)


@pytest.mark.parametrize(
    "code",
    [
        "Letter.objects.all()",
        "Letter.objects.filter(pk=1)",
        "get_object_or_404(Letter, pk=1)",
        "get_object_or_404(Letter.objects, pk=1)",
        "Letter._default_manager.get(pk=1)",
        "every = Letter.objects",
    ],
)
def test_a_fetch_past_the_person_is_noticed(code: str) -> None:
    assert len(list(unscoped_fetches(code))) == 1


def test_a_fetch_through_the_person_is_fine() -> None:
    code = "get_object_or_404(Letter.objects.visible_to(request.user).issued(), pk=1)"
    assert list(unscoped_fetches(code)) == []


def test_nothing_happens_behind_your_back() -> None:
    """No signals and no thread-locals; a worker may be told that it starts, Celery's way."""
    forbidden = {"django.dispatch", "threading", "contextvars"}
    found = [
        f"{name(path)}: {module}"
        for path in ours("*.py", *PACKAGES)
        for module in imported(path)
        if module in forbidden or ("signals" in module.split(".") and "celery" not in module)
    ]
    assert found == []


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
            yield node.module or "."


def test_every_recorded_change_says_who_acts() -> None:
    nameless = [
        f"{name(path)}::{function.name}"
        for path in modules("actions")
        if path.relative_to(ROOT).parts[0] in APPS
        for function in functions(path)
        if not function.name.startswith("_")
        and "record" in called(function)
        and "by" not in {argument.arg for argument in function.args.kwonlyargs}
    ]
    assert nameless == []


def called(function: ast.FunctionDef) -> set[str]:
    calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return {call.id for call in calls if isinstance(call, ast.Name)}


# A comment or an `{% if %}` may hold a greater-than sign, so tags are read after those are gone.
TEMPLATE_CODE = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|{%.*?%}|{{.*?}}", re.DOTALL)
INLINE = re.compile(
    r"<style|<script(?![^>]*\ssrc=)|<[a-z][^>]*\s(?:style|on[a-z]+)\s*=|javascript:",
    re.IGNORECASE,
)


def inline_code(markup: str) -> list[str]:
    return INLINE.findall(TEMPLATE_CODE.sub("", markup))


def test_no_template_holds_inline_code() -> None:
    pages = [path for path in ours("*.html", "templates") if "pdf" not in path.parts]
    found = {name(path): inline_code(path.read_text()) for path in pages}
    assert found
    assert {path: code for path, code in found.items() if code} == {}


@pytest.mark.parametrize(
    "markup",
    [
        "<style>a{}</style>",
        "<script>go()</script>",
        '<p class="a"\n style="color: red">',
        '<a onclick="go()">',
        '<a {% if a > b %}class="x"{% endif %} onclick="go()">',
        '<a href="javascript:go()">',
    ],
)
def test_inline_code_is_noticed(markup: str) -> None:
    assert len(inline_code(markup)) == 1


def test_a_script_from_a_file_is_fine() -> None:
    assert inline_code('<script src="{% static "app.js" %}" defer></script>') == []


def test_nothing_of_others_is_kept_here() -> None:
    everything = ours("*", *PACKAGES, "static", "templates", "tests", "docs")
    assert [name(path) for path in everything if path.suffix in BUILT_ELSEWHERE] == []
    assert [name(path) for path in everything if ".min." in path.name] == []
