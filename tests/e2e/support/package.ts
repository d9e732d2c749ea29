// Packs the npm package as it would be published and unpacks it into .package/, with a second
// version of the loader beside it. Tests use these files and nothing of npm/ itself.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL("..", import.meta.url));
const npm = path.join(here, "../../npm");

/** Where the unpacked package is. */
export const packageDir = path.join(here, ".package/package");
/** Where a loader of another version is. */
export const otherDir = path.join(here, ".package/other");
/** Where the package of the real build is, when one is running: see `support/stack.ts`. */
export const realPackageDir = path.join(here, ".package/real/package");
/** The build that the packed loader belongs to. */
export const BUILD = "e2e0";

export default function pack(): void {
  const target = path.join(here, ".package");
  rmSync(target, { recursive: true, force: true });
  packTo(target, BUILD);
  run(process.execPath, ["scripts/build.mjs", "--version", "9.9.9", "--out", otherDir]);
  const real = process.env.DEVANTURE_REAL_BUILD;
  if (real) packTo(path.join(target, "real"), real);
}

/** `npm pack` for one build, unpacked into `package/` of a folder. */
function packTo(folder: string, build: string): void {
  mkdirSync(folder);
  run("npm", ["pack", "--loglevel=error", "--pack-destination", folder], build);
  const archive = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  if (!archive) throw new Error("npm pack wrote nothing");
  run("tar", ["-xzf", path.join(folder, archive), "-C", folder]);
}

function run(command: string, args: string[], build = BUILD): void {
  execFileSync(command, args, { cwd: npm, env: { ...process.env, DEVANTURE_BUILD: build }, stdio: ["ignore", "ignore", "inherit"] });
}
