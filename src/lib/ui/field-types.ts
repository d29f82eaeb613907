/** What labelled controls take and what Field hands to them. */

/** Spread on the control inside a Field. */
export interface ControlAttributes {
	readonly id: string;
	readonly 'aria-describedby': string | undefined;
	readonly 'aria-invalid': 'true' | undefined;
}

/** What every labelled control takes. */
export interface FieldProps {
	label: string;
	hint?: string;
	/** Says what went wrong and how to fix it; shown beside the field. */
	error?: string;
	/** Adds "(optional)" to the label. */
	optional?: boolean;
	/** Keeps the label for screen readers only, where the layout already says it. */
	labelHidden?: boolean;
}
