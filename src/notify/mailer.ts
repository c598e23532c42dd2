/** The only importer of nodemailer: the build keeps it apart, and it is loaded when a notice leaves by mail. */
export { createTransport } from 'nodemailer';
