/**
 * Values built from secrets that reload when the secrets change, and the exception of secrets.
 *
 * <p>Internal; {@link dev.outflow.secret.SecretException} is what clients can fail with.
 */
package dev.outflow.secret;
