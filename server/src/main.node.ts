import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { createHostByScheme } from './host-by-scheme';
import { createClientHost } from './host-client';
import { createNodeHost } from './host-node';
import { startServer } from './server';
import { CONNECTION_STRATEGY } from './session/connection-strategy';

const connection = createConnection(ProposedFeatures.all, CONNECTION_STRATEGY);
// Standard output may be the wire.
console.log = (...data: unknown[]) => connection.console.log(data.map(String).join(' '));
startServer(connection, createHostByScheme(createNodeHost(), createClientHost(connection)));
connection.listen();
