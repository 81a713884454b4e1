import { Button } from './button';
import { DialogClose } from './dialog';

interface FormSheetFooterProps {
  /** Id of the form in the sheet. */
  readonly form: string;
  readonly label: string;
  readonly pending: boolean;
}

/** The footer of a sheet that holds a form: leave it, or send it. */
export const FormSheetFooter = ({ form, label, pending }: FormSheetFooterProps) => (
  <>
    <DialogClose>
      <Button>Cancel</Button>
    </DialogClose>
    <Button type="submit" form={form} variant="primary" pending={pending}>
      {label}
    </Button>
  </>
);
