// Form libraries take the schema as it is. Compiled, never run.
import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import type { StandardSchemaV1 } from "@standard-schema/spec";
import { FormApi } from "@tanstack/form-core";
import { load } from "kepu";
import { createFormControl } from "react-hook-form";

interface Activity {
  title: string;
  start: string;
}
const defaultValues: Activity = { title: "", start: "" };
const schema = (await load()).notice("henan-2023").standardSchema<Activity>("activity");

const spec: StandardSchemaV1<Activity, Activity> = schema;
const control = createFormControl({ defaultValues, resolver: standardSchemaResolver(schema) });
const form = new FormApi({ defaultValues, validators: { onChange: schema } });
void [spec, control, form];
