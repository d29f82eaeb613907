/** The first pull of a bucket in which rows have come and gone. */
import { expect, test } from 'vitest';
import { aRow, hoursFromNow } from '../fixtures/db-world.ts';
import { Phone } from './harness.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();

test('what has left a bucket takes no room in the first pull of a phone that never had it', async () => {
	for (const name of ['鄰居', '里長', '房東']) {
		const doomed = await db.insert('case_contacts', aRow.contact({ name }));
		await db.sql('delete from public.case_contacts where id = $1', [doomed]);
	}
	const last = await db.insert(
		'messages',
		aRow.message({ author_name: '王照服', recorded_at: hoursFromNow(0) })
	);
	// Its own sums would stop this phone: it is asked for what it shows.
	const phone = new Phone(db, 'worker');
	phone.checksSums = false;
	const [answer] = await phone.pull({ inside: true });
	expect(phone.of('messages').map(({ id }) => id)).toEqual([last]);
	expect(answer?.gone).toEqual({});
});
