/** What stands against a move on the board, in the few words that a cell has room for. */
import { m } from '#lib/paraglide/messages.js';
import type { Move } from './board-move.ts';

/** Empty: nothing. */
export function verdictWords({ clashes, standing }: Move): string {
	if (standing.kind === 'barred') return m.planning_board_barred();
	if (clashes.length > 0) return m.planning_board_clashes({ count: clashes.length });
	return standing.kind === 'joins' ? m.planning_board_joins() : '';
}
