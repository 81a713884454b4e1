'use client';

import { Plus, X } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import type { Role } from '@/lib/domain/role';
import { ROLE_OPTIONS } from './role-options';

export interface RoleRule {
  readonly value: string;
  readonly role: Role;
}

interface RoleRulesProps {
  readonly rules: readonly RoleRule[];
  readonly onChange: (rules: readonly RoleRule[]) => void;
  readonly disabled: boolean;
}

/** Which value of the claim gives which role; the first that fits counts. */
export const RoleRules = ({ rules, onChange, disabled }: RoleRulesProps) => {
  const change = (at: number, rule: RoleRule): void => onChange(rules.map((old, i) => (i === at ? rule : old)));
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium text-fg text-xs">Roles, by values of the claim</legend>
      {rules.map((rule, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place: the first that fits counts
        <div key={at} className="flex items-center gap-2">
          <Input
            aria-label={`Value ${at + 1}`}
            placeholder="platform-team"
            value={rule.value}
            disabled={disabled}
            onChange={(event) => change(at, { ...rule, value: event.target.value })}
          />
          <Select
            aria-label={`Role ${at + 1}`}
            className="w-36 shrink-0"
            value={rule.role}
            disabled={disabled}
            options={ROLE_OPTIONS}
            onValueChange={(role) => change(at, { ...rule, role })}
          />
          <Button
            variant="ghost"
            size="icon"
            aria-label={`Remove rule ${at + 1}`}
            disabled={disabled}
            onClick={() => onChange(rules.filter((_, i) => i !== at))}
          >
            <X aria-hidden />
          </Button>
        </div>
      ))}
      <Button
        size="sm"
        className="self-start"
        disabled={disabled}
        onClick={() => onChange([...rules, { value: '', role: 'viewer' }])}
      >
        <Plus aria-hidden /> Add rule
      </Button>
    </fieldset>
  );
};
