import { startConsole } from "./console/server";
startConsole({dir:process.argv[2],port:0}).then(r=>console.log(r.url));
