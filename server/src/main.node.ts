import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { createNodeHost } from './host-node';
import { startServer } from './server';

const connection = createConnection(ProposedFeatures.all);
// Standard output may be the wire.
console.log = (...data: unknown[]) => connection.console.log(data.map(String).join(' '));
startServer(connection, createNodeHost());
connection.listen();
