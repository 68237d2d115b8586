// A real OpenID provider on this machine with a handful of invented people.
// node provider.mjs PORT CALLBACK; it ends when its standard input does.
import { createServer } from "node:http";
import Provider from "oidc-provider";

const [port, callback] = process.argv.slice(2);

// How many seconds an ID token lasts.
const people = {
  lan: { name: "Nguyễn Thị Lan", role: "planner", lasts: 3600 },
  minh: { name: "Giàng A Minh", role: ["viewer"], lasts: 3600 },
  hoa: { name: "Hoa <b>Lò</b>", role: "no-such-role", lasts: 3600 },
  thu: { name: "Thu Data", role: ["planner", "steward"], lasts: 3600 },
  short: { name: "Short", role: "planner", lasts: 12 },
};

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "gap-planner",
      client_secret: "a secret of the test and of nobody else",
      redirect_uris: [callback],
      post_logout_redirect_uris: [callback],
    },
  ],
  claims: { openid: ["sub", "role"], email: ["email", "email_verified"], profile: ["name"] },
  conformIdTokenClaims: false,
  pkce: { required: () => false },
  cookies: { keys: ["only for tests"] },
  ttl: { IdToken: (ctx) => people[ctx.oidc.account.accountId].lasts },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: {
      logoutSource: (ctx, form) => {
        ctx.body = `<!doctype html>${form}
          <button form="op.logoutForm" name="logout" value="yes">Sign out</button>`;
      },
    },
  },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (ctx, id) =>
    people[id] && {
      accountId: id,
      claims: () => ({
        sub: id,
        name: people[id].name,
        role: people[id].role,
        email: `${id}@laocai.example`,
        email_verified: true,
      }),
    },
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
});

const answer = provider.callback();
createServer(async (request, response) => {
  if (!request.url.startsWith("/interaction/")) return answer(request, response);
  const { prompt } = await provider.interactionDetails(request, response);
  if (request.method === "POST") {
    let body = "";
    for await (const part of request) body += part;
    const accountId = new URLSearchParams(body).get("login");
    return provider.interactionFinished(request, response, { login: { accountId } });
  }
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  return response.end(`<!doctype html><p id="prompt">${prompt.name}</p>
    <form method="post"><input name="login"><button>Sign in</button></form>`);
}).listen(Number(port), "127.0.0.1", () => console.log("ready"));

process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
