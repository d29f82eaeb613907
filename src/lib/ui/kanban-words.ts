/** What a KanbanBoard says. */
export interface KanbanWords {
	/** Name of a card's handle, which drags and also moves by the left and right arrow keys. */
	readonly drag: (label: string) => string;
	/** Name of a card's "move to" menu. */
	readonly moveTo: (label: string) => string;
	/** In a column without cards. */
	readonly empty: string;
	/** Spoken after a card moved. */
	readonly moved: (label: string, column: string) => string;
}
