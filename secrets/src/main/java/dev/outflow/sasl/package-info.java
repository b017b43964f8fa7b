/**
 * SASL authentication of Kafka clients with credentials that rotate.
 *
 * <p>Public API: the callback handlers {@link dev.outflow.sasl.CredentialsCallbackHandler}, {@link
 * dev.outflow.sasl.ClientCredentialsHandler} and {@link dev.outflow.sasl.AzureTokenHandler}. {@link
 * dev.outflow.sasl.Credentials} is internal.
 */
package dev.outflow.sasl;
