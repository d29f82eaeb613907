/** What a KanbanBoard says. */
export interface KanbanWords {
	/** Name of a card's handle and of its menu; take the card's label. */
	readonly drag: (label: string) => string;
	readonly moveTo: (label: string) => string;
	readonly empty: string;
	/** Spoken while moving by keyboard. */
	readonly instruction: string;
	readonly started: (label: string, column: string) => string;
	readonly moved: (label: string, column: string, position: number) => string;
	readonly dropped: (label: string, column: string) => string;
}
