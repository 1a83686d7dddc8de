// An empty shell: what the browser shell would be if Parley were nothing. A server on 127.0.0.1 with a blank page, and
// Chromium that shows it. node empty-shell.mjs PROGRAM FLAG… (`{url}` in a flag is the address of the page)
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'

const [program, ...flags] = process.argv.slice(2)
const page = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Empty</title><textarea autofocus></textarea>'

const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
  response.end(page)
})
server.listen(0, '127.0.0.1', () => {
  const url = `http://127.0.0.1:${server.address().port}/`
  const child = spawn(
    program,
    flags.map((flag) => flag.replace('{url}', url)),
    { stdio: 'ignore' },
  )
  child.on('exit', () => process.exit(0))
  process.on('SIGTERM', () => child.kill('SIGTERM'))
})
