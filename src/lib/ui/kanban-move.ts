/** Where things stand on a board, and what a drop changed. */

export interface KanbanColumn<T extends { readonly id: string }> {
	readonly id: string;
	readonly title: string;
	readonly items: readonly T[];
}

export interface KanbanMove {
	readonly id: string;
	readonly from: string;
	readonly to: string;
}

/** Id of the column that holds the item, or `null`. */
export function columnOf<T extends { readonly id: string }>(
	columns: readonly KanbanColumn<T>[],
	itemId: string
): string | null {
	return columns.find((column) => column.items.some((item) => item.id === itemId))?.id ?? null;
}

/** What a drop into `to` means; `null` when the item came back to its own column or is gone. */
export function moveOf<T extends { readonly id: string }>(
	columns: readonly KanbanColumn<T>[],
	itemId: string,
	to: string
): KanbanMove | null {
	const from = columnOf(columns, itemId);
	return from === null || from === to ? null : { id: itemId, from, to };
}
