/** A CouchDB-like server in memory for PouchDB: a process of its own, which says its port when it listens. */
import express from 'express';
import expressPouchDB from 'express-pouchdb';
import memory from 'pouchdb-adapter-memory';
import PouchDB from 'pouchdb-core-server';

const Server = PouchDB.plugin(memory).defaults({ adapter: 'memory' });
const app = express();
app.use('/couch', expressPouchDB(Server, { mode: 'minimumForPouchDB' }));
await new Server('work').info();
const server = app.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
process.on('disconnect', () => process.exit(0));
