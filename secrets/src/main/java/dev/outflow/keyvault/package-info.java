/**
 * Azure Key Vault and Azure identities, with bounded timeouts.
 *
 * <p>Public API: {@link dev.outflow.keyvault.KeyVaultConfigProvider}, a Kafka config provider, and
 * the values of {@link dev.outflow.keyvault.AzureCredential}. The other public types are internal,
 * for Outflow's other modules.
 */
package dev.outflow.keyvault;
