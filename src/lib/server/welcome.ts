/** What the console says once the server answers: where it is, and who can sign in. */
import { DEMO_DOMAIN, DEMO_FAMILY, DEMO_PASSWORD, DEMO_STAFF } from './demo/demo-people.ts';
import type { StartInfo } from './embedded/start-product.ts';

/** @param info Left out when the app uses a Supabase of its own. */
export function welcome(address: string, info: StartInfo | undefined): string {
	const lines = ['', `Connect 10  ${address}`, ''];
	if (info?.demo) {
		lines.push(`Demo accounts, password ${DEMO_PASSWORD}:`);
		for (const { account, name, title } of [...DEMO_STAFF, { ...DEMO_FAMILY, title: '家屬' }]) {
			if (account !== null)
				lines.push(`  ${`${account}@${DEMO_DOMAIN}`.padEnd(32)} ${name} ${title}`);
		}
		lines.push('');
	}
	if (info?.empty) {
		lines.push('Nobody can sign in yet. Make the first organisation and its supervisor:');
		lines.push('  npm run admin -- create-org --name "…" --email you@example.org', '');
	}
	if (info) lines.push(`Data: ${info.dataDir}`, '');
	return lines.join('\n');
}
