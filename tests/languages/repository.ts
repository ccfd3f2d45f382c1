import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { createServer as createProxy, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { PROJECT_DIR } from "../../local/program";

// The project's repository as a host of git repositories serves it: over HTTPS, at its own address, which a proxy leads
// here. It has the files of the checkout as one commit, with a tag.

const HOST = "github.com";

const git = (folder: string, ...args: string[]) =>
  execFileSync("git", ["-c", "user.name=test", "-c", "user.email=test@example.com", ...args], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });

/** Makes the repository of an owner and a name, with the checkout's files, those not committed yet among them. */
const makeRepository = (folder: string, path: string, tag: string) => {
  const work = join(folder, "work");
  for (const file of git(PROJECT_DIR, "ls-files", "-co", "--exclude-standard", "-z")
    .split("\0")
    .filter(Boolean)) {
    mkdirSync(dirname(join(work, file)), { recursive: true });
    cpSync(join(PROJECT_DIR, file), join(work, file));
  }
  git(work, "init", "--quiet", "--initial-branch=main");
  git(work, "add", "--all");
  git(work, "commit", "--quiet", "--message=A release");
  git(work, "tag", tag);
  git(work, "clone", "--quiet", "--bare", ".", join(folder, "served", `${path}.git`));
};

/** Answers as git's own program for web servers does. */
const answerGit = (root: string) => (request: IncomingMessage, response: ServerResponse) => {
  const { pathname, search } = new URL(request.url ?? "", `https://${HOST}`);
  const { headers } = request;
  const env = {
    ...process.env,
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: "1",
    PATH_INFO: pathname,
    QUERY_STRING: search.slice(1),
    REQUEST_METHOD: request.method,
    CONTENT_TYPE: headers["content-type"] ?? "",
    HTTP_CONTENT_ENCODING: headers["content-encoding"] ?? "",
  };
  const child = spawn("git", ["http-backend"], { env, stdio: ["pipe", "pipe", "inherit"] });
  request.pipe(child.stdin);
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk) => chunks.push(chunk));
  child.on("close", () => {
    const all = Buffer.concat(chunks);
    const end = all.indexOf("\r\n\r\n");
    const fields = new Map(
      all
        .subarray(0, end)
        .toString()
        .split("\r\n")
        .map((line) => line.split(": ") as [string, string]),
    );
    response.writeHead(Number.parseInt(fields.get("Status") ?? "200", 10), {
      "Content-Type": fields.get("Content-Type") ?? "text/plain",
    });
    response.end(all.subarray(end + 4));
  });
};

/** Makes a self-signed certificate for the host. */
const makeCertificate = (folder: string) => {
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const name = ["-subj", `/CN=${HOST}`, "-addext", `subjectAltName=DNS:${HOST}`];
  const files = ["-keyout", key, "-out", cert];
  execFileSync(
    "openssl",
    ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...name, ...files],
    {
      stdio: "ignore",
    },
  );
  return { key, cert };
};

export interface Served {
  /** Variables that lead a program to it. */
  env: Record<string, string>;
  close(): void;
}

/** Serves the checkout at an address such as https://github.com/owner/name, and nothing else. */
export const serveRepository = async (folder: string, address: string, tag: string): Promise<Served> => {
  mkdirSync(folder, { recursive: true });
  makeRepository(folder, new URL(address).pathname.slice(1), tag);
  const { key, cert } = makeCertificate(folder);
  const server = createServer(
    { key: readFileSync(key), cert: readFileSync(cert) },
    answerGit(join(folder, "served")),
  );
  const proxy = createProxy().on("connect", ({ url }, socket) => {
    const isHost = url === `${HOST}:443`;
    socket.write(`HTTP/1.1 ${isHost ? "200 Connection established" : "403 Forbidden"}\r\n\r\n`);
    if (isHost) server.emit("connection", socket);
    else socket.end();
  });
  await new Promise<void>((done) => proxy.listen(0, "127.0.0.1", done));
  const { port } = proxy.address() as AddressInfo;
  return {
    env: {
      HTTPS_PROXY: `http://127.0.0.1:${port}`,
      NO_PROXY: "127.0.0.1,localhost",
      SSL_CERT_FILE: cert,
    },
    close: () => proxy.close(),
  };
};
