"""Names a stranger could put into a register; shown anywhere, they must do nothing.

Each would open a dialog or ask another server for something, which the recorder of every browser
test notices.
"""

HOSTILE_NAMES = (
    "<script>alert('script')</script>",
    "<img src=x onerror=alert('img')>",
    "<svg/onload=alert('svg')>",
    "\"><img src='https://evil.example/x.png'>",
    "${alert('template')}",
    "`+alert('backtick')+`",
    "{{ cycler.__init__.__globals__ }}",
    "</script><script>alert('close')</script>",
    "'); alert('quote'); ('",
    "\\'-alert('escape')-\\'",
    "[x](javascript:alert('link')) ![y](https://evil.example/y.png)",
    "<iframe srcdoc=\"<script>parent.alert('frame')</script>\"></iframe>",
    "&lt;img src=x onerror=alert('entity')&gt;",
    ":red[đỏ] :material/home: $\\href{https://evil.example}{x}$",
)
