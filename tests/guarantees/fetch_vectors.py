"""Ways in which HTML, CSS and SVG ask for something from elsewhere, which is `{url}`."""

from base64 import b64encode

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'

HTML = [
    '<img alt="x" src="{url}">',
    "<img alt=x src={url}>",
    '<img alt="x" srcset="{url} 1x, {url} 2x">',
    '<picture><source srcset="{url}"><img alt="x" src="{url}"></picture>',
    '<image alt="x" src="{url}">',
    '<link rel="stylesheet" href="{url}">',
    '<link rel="alternate stylesheet" title="x" href="{url}">',
    '<link rel="attachment" href="{url}">',
    '<a rel="attachment" href="{url}">a</a>',
    '<link rel="icon" href="{url}"><link rel="preload" as="image" href="{url}">',
    '<object data="{url}" type="image/svg+xml">x</object>',
    '<object data="{url}">x</object>',
    '<embed src="{url}" type="image/png" alt="x">',
    '<iframe src="{url}"></iframe>',
    '<iframe srcdoc="&lt;img src={url}&gt;"></iframe>',
    '<video poster="{url}" src="{url}"></video>',
    '<audio src="{url}"></audio>',
    '<input type="image" src="{url}" alt="x">',
    '<body background="{url}">',
    '<table background="{url}"><tr><td background="{url}">x</table>',
    '<base href="{url}"><img alt="x" src="logo.png">',
    '<meta http-equiv="refresh" content="0; url={url}">',
    '<script src="{url}"></script>',
    '<applet code="{url}" archive="{url}"></applet>',
    '<template><img src="{url}"></template><noscript><img alt="x" src="{url}"></noscript>',
    '<a href="{url}" ping="{url}">a</a>',
    '<form action="{url}"><button formaction="{url}">x</button></form>',
    '<!--[if true]><img src="{url}"><![endif]-->',
    '<?xml-stylesheet href="{url}" type="text/css"?>',
    '<!DOCTYPE x [<!ENTITY e SYSTEM "{url}">]><p>&e;</p>',
    '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{url}" parse="text"/>',
    '"><img alt="x" src="{url}"><"',
    "'><img alt='x' src='{url}'><'",
    '</title></textarea></style><img alt="x" src="{url}">',
    '<img alt="x" src=" \t{url}">',
    '<math><mglyph src="{url}"></math>',
    '<p style="background: url({url})">x</p>',
    "<p style=\"background-image: \\75rl('{url}')\">x</p>",
    '<p style="--u: url({url}); background-image: var(--u)">x</p>',
    '<li style="list-style-image: url({url})">x</li>',
    '<p style="content: url({url})">x</p>',
    '<p style="border-image: url({url}) 1">x</p>',
    '<p data-u="{url}" style="content: attr(data-u url)">x</p>',
]
CSS = [
    "@import url({url});",
    "@import '{url}';",
    '@import url("{url}") layer(a) supports(display: block) print;',
    "@IMPORT\\20 url({url}); @im\\port '{url}';",
    "p {{ background: url({url}) }}",
    "p {{ background-image: image-set('{url}' 1x) }}",
    "p {{ background-image: url({url}), linear-gradient(red, blue) }}",
    "p::before {{ content: url({url}) }}",
    "li {{ list-style: url({url}) }} li::marker {{ content: url({url}) }}",
    "p {{ border: 1px solid; border-image-source: url({url}) }}",
    "p {{ mask-image: url({url}); clip-path: url({url}#a); filter: url({url}#b) }}",
    "p {{ cursor: url({url}), auto; shape-outside: url({url}) }}",
    "@font-face {{ font-family: F; src: url({url}) }} p {{ font-family: F }}",
    "@font-face {{ font-family: F; src: local(nothing), url({url}) format('woff2') }}",
    "@page {{ background: url({url}) }}",
    "@page {{ @top-left {{ content: url({url}) }} }}",
    "@page {{ @bottom-right {{ content: 'x'; background-image: url({url}) }} }}",
    "@color-profile --c {{ src: url({url}) }} p {{ color: color(--c 0 0 0 0) }}",
    "@counter-style c {{ system: cyclic; symbols: url({url}) }} li {{ list-style: c }}",
    "@media print {{ @supports (display: block) {{ p {{ background: url({url}) }} }} }}",
    "p {{ float: footnote; background: url({url}) }}",
    "p {{ content: target-text(url({url}#a)); bookmark-label: url({url}) }}",
    ":root {{ --u: url({url}) }} p {{ background: var(--u) }}",
]
SVGS = [
    SVG + '><image href="{url}" width="9" height="9"/></svg>',
    SVG + '><image xlink:href="{url}" width="9" height="9"/></svg>',
    SVG + '><use href="{url}#a"/></svg>',
    SVG + '><use xlink:href="{url}#a"/></svg>',
    SVG + '><filter id="f"><feImage href="{url}"/></filter><rect filter="url(#f)"/></svg>',
    SVG + "><style>@import url({url});</style></svg>",
    SVG + "><style>@font-face {{ font-family: F; src: url({url}) }}</style></svg>",
    SVG + '><rect width="9" height="9" fill="url({url}#a)" mask="url({url}#b)"/></svg>',
    SVG + '><rect width="9" height="9" style="fill: url({url}#a); filter: url({url}#b)"/></svg>',
    SVG + '><foreignObject><img src="{url}"/></foreignObject></svg>',
    SVG + '><pattern id="p"><image href="{url}"/></pattern><rect fill="url(#p)"/></svg>',
    SVG + '><linearGradient id="g" href="{url}#a"/><rect fill="url(#g)"/></svg>',
    SVG + '><a href="{url}"><text>a</text></a><script href="{url}"/></svg>',
    SVG + '><marker id="m"><image href="{url}"/></marker><path marker-end="url(#m)"/></svg>',
    SVG + '><image href="{url}" width="9" height="9" xml:base="{url}"/></svg>',
]
ENTITY = '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY e SYSTEM "{url}">]>' + SVG + ">&e;</svg>"


def _data(kind: str, text: str, url: str) -> str:
    return f"data:{kind};base64,{b64encode(text.format(url=url).encode()).decode()}"


def vectors(url: str) -> list[str]:
    """Each of the ways, asking for `url`, as it would stand in an HTML page."""
    return [
        *(vector.replace("{url}", url) for vector in HTML),
        *(f"<style>{rule.format(url=url)}</style><p>x<ul><li>x</ul>" for rule in CSS),
        *(svg.format(url=url) for svg in SVGS),
        *(f'<img alt="x" src="{_data("image/svg+xml", svg, url)}">' for svg in (*SVGS, ENTITY)),
        f'<object data="{_data("image/svg+xml", SVGS[0], url)}" type="image/svg+xml"></object>',
        *(f'<link rel="stylesheet" href="{_data("text/css", rule, url)}">' for rule in CSS[:3]),
    ]
