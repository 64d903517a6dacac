// Runs a program and says how long it took and how much memory it had at most.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

const LOOK = 20;

// Linux keeps the highest resident size of a process; it is read until the process ends.
export function program(command, parameters) {
  const begin = performance.now();
  const child = spawn(command, parameters, { stdio: ["ignore", "pipe", "pipe"] });
  let told = "";
  let memory = 0;
  child.stdout.on("data", (data) => { told += data; });
  child.stderr.on("data", (data) => { told += data; });
  const look = setInterval(() => { memory = Math.max(memory, highest(child.pid)); }, LOOK);
  return new Promise((done, failed) => {
    child.on("error", failed);
    child.on("close", (code, signal) => {
      clearInterval(look);
      if (code !== 0) failed(new Error(`${command} ${parameters.join(" ")}: exit ${code ?? signal}\n${told.slice(-4000)}`));
      else done({ seconds: (performance.now() - begin) / 1000, memory });
    });
  });
}

function highest(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) * 1024;
  } catch {
    return 0;
  }
}
