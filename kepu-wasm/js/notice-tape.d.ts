/** The build puts a notice's tape in as text. */
declare module "*.tape" {
  const text: string;
  export default text;
}
