/** The build puts JSON in as text. */
declare module "*.json" {
  const text: string;
  export default text;
}
