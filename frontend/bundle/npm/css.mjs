// Minifies the stylesheet given on stdin to stdout. No browser targets are
// named, so that modern CSS (@layer, nesting, light-dark) stays as written.
import { transform } from "lightningcss";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);

const { code, warnings } = transform({
  filename: "rekey.css",
  code: Buffer.concat(chunks),
  minify: true,
});
for (const { message, loc } of warnings) {
  console.error(`rekey.css:${loc?.line ?? 0}: ${message}`);
}
process.stdout.write(code);
