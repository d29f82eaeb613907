/** Fails when the generated database types do not follow from the migrations any more. */
import { generateTypes, storedTypes } from './gen-types.ts';

if ((await generateTypes()) !== (await storedTypes())) {
	console.error('src/lib/protocol/database.types.ts is stale: run `npm run types` and commit it.');
	process.exitCode = 1;
}
