// Real web servers from Debian, each serving a folder on the loopback address with the files that plenary wrote for it.
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const isRoot = process.getuid && process.getuid() === 0;

// How a technician sets each of them up: `root` is what the host serves, `site` the folder of the site in it.
const SETTINGS = {
  nginx: ({ scratch, port, root, site }) => {
    const file = join(scratch, "nginx.conf");
    writeFileSync(file, `${isRoot ? "user root;\n" : ""}daemon off;
pid ${scratch}/nginx.pid;
error_log ${scratch}/error.log;
events {}
http {
  access_log off;
  ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${scratch}/${kind};`).join(" ")}
  server {
    listen 127.0.0.1:${port};
    root ${root};
    include ${site}/.hosts/nginx.conf;
  }
}
`);
    return ["nginx", "-c", file, "-e", join(scratch, "error.log")];
  },
  apache: ({ scratch, port, root }) => {
    const file = join(scratch, "apache.conf");
    writeFileSync(join(scratch, "mime.types"), "");
    const modules = ["mpm_event", "authz_core", "dir", "mime", "alias", "headers", "rewrite"];
    writeFileSync(file, `${modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join("\n")}
ServerName localhost
Listen 127.0.0.1:${port}
ServerRoot ${scratch}
PidFile ${scratch}/apache.pid
ErrorLog ${scratch}/error.log
TypesConfig ${scratch}/mime.types
${isRoot ? "User www-data\nGroup www-data" : ""}
DocumentRoot ${root}
<Directory ${root}>
  AllowOverride FileInfo Indexes
  Require all granted
</Directory>
`);
    return ["apache2", "-D", "FOREGROUND", "-f", file];
  },
  caddy: ({ scratch, port, root, site }) => {
    const file = join(scratch, "Caddyfile");
    writeFileSync(file, `{
  admin off
  auto_https off
}
http://127.0.0.1:${port} {
  root * ${root}
  import ${site}/.hosts/Caddyfile
}
`);
    return ["caddy", "run", "--adapter", "caddyfile", "--config", file];
  },
};

export const names = Object.keys(SETTINGS);

// Starts a server; `root` is the folder that it serves, `mount` where the site is in it.
export async function start(name, root, mount) {
  const scratch = mkdtempSync(join(tmpdir(), `plenary-${name}-`));
  const port = await free();
  const site = join(root, mount);
  const [program, ...rest] = SETTINGS[name]({ scratch, port, root, site });
  for (const folder of ["home", "data"]) mkdirSync(join(scratch, folder));
  const environment = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin`, HOME: join(scratch, "home"), XDG_DATA_HOME: join(scratch, "data") };
  const child = spawn(program, rest, { env: environment, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stdout.on("data", (text) => { said += text; });
  child.stderr.on("data", (text) => { said += text; });
  const ended = new Promise((resolve) => child.on("close", resolve).on("error", resolve));
  const origin = `http://127.0.0.1:${port}`;
  await answers(origin, child, () => said);
  return {
    name,
    origin,
    home: origin + mount,
    at: (address) => origin + mount + address.replace(/^\//, ""),
    close: async () => {
      child.kill();
      await ended;
      rmSync(scratch, { recursive: true });
    },
  };
}

// A folder that servers which give up their rights can read.
export function readable(prefix) {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(folder, 0o755);
  return folder;
}

export function missing() {
  const programs = { nginx: "nginx", apache: "apache2", caddy: "caddy" };
  const paths = `${process.env.PATH}:/usr/sbin`.split(":");
  return names.filter((name) => !paths.some((path) => existsSync(join(path, programs[name]))));
}

function free() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function answers(origin, child, said) {
  for (let tries = 0; tries < 100; tries++) {
    if (child.exitCode !== null) break;
    try {
      await fetch(origin);
      return;
    } catch {
      await new Promise((again) => setTimeout(again, 100));
    }
  }
  throw new Error(`${child.spawnargs.join(" ")} does not answer:\n${said()}`);
}

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

// The answer to one request as it stands on the wire: nothing decoded, no redirect followed, no path made simple.
export function raw(origin, path, headers = {}) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const asked = request({ hostname, port, path, headers, agent }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headersDistinct, body: Buffer.concat(chunks) }));
    });
    asked.on("error", reject).end();
  });
}
