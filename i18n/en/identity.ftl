# Who is there: login, role, what is not permitted.

identity-nobody = Guest
identity-not-logged-in = not logged in
identity-login = Log in
identity-logout = Log out
identity-title = Log in to look
identity-please = This site is for staff with an account. Log in with the account of your office; if you have none, ask whoever administers the system.
identity-please-proxy = The server in front has not said who you are. Log in at your office's portal, then open this page again.
identity-ends = Your login ends at { $time }: save before then.
identity-ended-short = Your login has ended.
identity-ended = Your login ended at { $time }. What you have typed since is not saved: copy it first, then log in again. Logging in opens a new page and discards what is half typed.
identity-ended-locked = Your login has ended: nothing can be saved. Copy what you have typed, then log in again.
identity-unusable = The login that arrived cannot be used (no account name, no end, or the clocks of two machines differ). Log in again; if that does not help, tell whoever administers the system.
identity-exposed = This installation asks nobody who they are and yet can be reached from another machine, so everybody may only look. To record anything, use it on the machine it runs on, or have a login set up.
identity-not-permitted = Your role may look here, not change anything.
identity-forged = The request was refused: what it says about its user does not come from a trusted server. / Yêu cầu bị từ chối: thông tin về người dùng không đến từ máy chủ được tin cậy.
identity-does-not-start = The app does not start: { $why }

error-identity-not-permitted = The role “{ $role }” may not do this. Ask somebody who may, or whoever administers the system.
error-identity-ended = Your login has ended, so nothing was saved (role now: { $role }). Copy what you have typed, then log in again.
error-identity-mode = The file secrets.toml has a section [auth] or [identity], but { $variable } is not set. Set { $variable }=oidc or proxy, or take the sections out.
error-identity-protection = With a login, { $option } must be on. Take the line that switches it off out of Streamlit's configuration.
error-identity-value = { $setting } is missing from secrets.toml or wrong. Expected: { $expected }
error-identity-secret = { $setting } in secrets.toml is too short: at least { $least } random characters are needed, for instance what openssl rand -hex 32 prints.
error-identity-open = The proxy mode runs only while the app listens on this machine alone. Set server.address = "127.0.0.1" and let the server in front take connections from the network.
error-identity-forwarded = The variable FORWARDED_ALLOW_IPS trusts other machines, so nobody can tell where a request comes from. Remove it, or write 127.0.0.1 only.
error-identity-library = The library { $library }, which logging in needs, is not installed. Install it: pip install { $library }
