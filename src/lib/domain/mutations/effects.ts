/** What the mutations do that need more than a line: steps of an emergency, and read marks. */
import { EMERGENCY_MACHINE, type EmergencyTransition } from '#lib/domain/status.ts';
import { messageReadId } from '#lib/domain/ids.ts';
import type { TableName, Tables } from '#lib/domain/rows.ts';
import type { Author, Mutation } from './catalogue.ts';

/** The rows that a mutation touches, looked up by the caller. */
export interface RowLookup {
	get<Table extends TableName>(table: Table, id: string): Tables[Table] | undefined;
}

/** A row to be stored. */
export interface RowChange {
	readonly table: TableName;
	readonly row: Tables[TableName];
}

type Make = <Table extends TableName>(
	table: Table,
	row: Partial<Tables[Table]> & { readonly id: string }
) => RowChange;

export function emergencyStep(
	{ name, args, at }: Extract<Mutation, { name: `emergency.${EmergencyTransition}` }>,
	author: Author,
	rows: RowLookup,
	make: Make
): RowChange[] {
	const emergency = rows.get('emergencies', args.id);
	if (!emergency) return [];
	const action = name.slice('emergency.'.length) as EmergencyTransition; // the name is `emergency.` + action by its type
	const severity = 'severity' in args ? args.severity : null;
	// A step that the state does not allow leaves it: the server will refuse it, or somebody was quicker.
	const status = EMERGENCY_MACHINE.transitions[action].moves[emergency.status] ?? emergency.status;
	return [
		{
			table: 'emergencies',
			row: {
				...emergency,
				status,
				...(severity ? { severity } : {}),
				...(action === 'acknowledge' && !emergency.acknowledged_at
					? { acknowledged_at: at, acknowledged_by_name: author.name }
					: {}),
				...(action === 'close'
					? {
							closed_at: at,
							closed_by_name: author.name,
							outcome: 'outcome' in args ? args.outcome : null
						}
					: {}),
				...(action === 'reopen' ? { closed_at: null, closed_by_name: null, outcome: null } : {})
			} satisfies Tables['emergencies']
		},
		make('emergency_actions', {
			id: args.action_id,
			case_id: emergency.case_id,
			emergency_id: emergency.id,
			action,
			severity,
			note: args.note ?? ('outcome' in args ? args.outcome : null),
			author_name: author.name,
			audience: emergency.audience,
			relevant_at: at
		})
	];
}

export function readMark(
	row: {
		readonly id: string;
		readonly case_id?: string;
		readonly audience?: 'circle' | 'staff';
		readonly read_through?: string;
	},
	author: Author,
	rows: RowLookup,
	make: Make
): RowChange[] {
	const id = readMarkId(row, author);
	const before = rows.get('message_reads', id);
	const readThrough = row.read_through ?? '';
	if (before && before.read_through >= readThrough)
		return [{ table: 'message_reads', row: before }];
	return [make('message_reads', { ...row, id, user_id: author.userId, user_name: author.name })];
}

export function readMarkId(
	row: { readonly id: string; readonly case_id?: string; readonly audience?: 'circle' | 'staff' },
	author: Author
): string {
	return row.case_id && row.audience
		? messageReadId(row.case_id, row.audience, author.userId)
		: row.id;
}
