// Runs a program and says how long it took, how long its processors worked, how much memory it had at most, and what it
// printed.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

const LOOK = 20;
const TICKS = 100;

// Linux keeps both of a process; they are read until it ends.
export function program(command, parameters) {
  const begin = performance.now();
  const child = spawn(command, parameters, { stdio: ["ignore", "pipe", "pipe"] });
  let told = "";
  let used = { memory: 0, processor: 0 };
  child.stdout.on("data", (data) => { told += data; });
  child.stderr.on("data", (data) => { told += data; });
  const look = setInterval(() => { used = usage(child.pid) || used; }, LOOK);
  return new Promise((done, failed) => {
    child.on("error", failed);
    child.on("close", (code, signal) => {
      clearInterval(look);
      if (code !== 0) failed(new Error(`${command} ${parameters.join(" ")}: exit ${code ?? signal}\n${told.slice(-4000)}`));
      else done({ seconds: (performance.now() - begin) / 1000, ...used, told });
    });
  });
}

// Bytes and seconds, or null where the process is gone.
function usage(pid) {
  try {
    const memory = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) * 1024;
    const [user, system] = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /, "").split(" ").slice(11, 13);
    return { memory, processor: (Number(user) + Number(system)) / TICKS };
  } catch {
    return null;
  }
}
