package dev.outflow.embedded;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;

/** The responses of Azure Key Vault: status codes, JSON and messages. */
record KeyVaultResponse(int status, Map<String, String> headers, ObjectNode body) {

  /** One version of a secret; {@code notBefore} and {@code expires} may be null. */
  record Version(
      String id, String value, boolean enabled, Instant at, Instant notBefore, Instant expires) {
    Version disabled() {
      return new Version(id, value, false, at, notBefore, expires);
    }
  }

  static KeyVaultResponse secret(String url, Version version) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("value", version.value()).put("id", url + "/" + version.id());
    ObjectNode attributes = body.putObject("attributes").put("enabled", version.enabled());
    if (version.notBefore() != null) {
      attributes.put("nbf", version.notBefore().getEpochSecond());
    }
    if (version.expires() != null) {
      attributes.put("exp", version.expires().getEpochSecond());
    }
    attributes
        .put("created", version.at().getEpochSecond())
        .put("updated", version.at().getEpochSecond())
        .put("recoveryLevel", "Recoverable+Purgeable")
        .put("recoverableDays", 90);
    return new KeyVaultResponse(200, Map.of(), body);
  }

  static KeyVaultResponse unauthorized(String message) {
    String challenge =
        "Bearer authorization=\"https://login.microsoftonline.com/"
            + "00000000-0000-4000-8000-000000000001\", resource=\"https://vault.azure.net\"";
    return new KeyVaultResponse(
        401, Map.of("WWW-Authenticate", challenge), error("Unauthorized", message));
  }

  static KeyVaultResponse notFound(String name) {
    return new KeyVaultResponse(
        404,
        Map.of(),
        error(
            "SecretNotFound",
            ("A secret with (name/id) %s was not found in this key vault. If you recently deleted "
                    + "this secret you may be able to recover it using the correct recovery "
                    + "command. For help resolving this issue, please see "
                    + "https://go.microsoft.com/fwlink/?linkid=2125182")
                .formatted(name)));
  }

  static KeyVaultResponse withoutVault() {
    return new KeyVaultResponse(
        404, Map.of(), error("ResourceNotFound", "The requested resource does not exist."));
  }

  static KeyVaultResponse disabled() {
    return forbidden("Operation get is not allowed on a disabled secret.", "SecretDisabled");
  }

  static KeyVaultResponse denied(String name) {
    return forbidden(
        """
        Caller is not authorized to perform action on resource.
        If role assignments, deny assignments or role definitions were changed recently, please \
        observe propagation time.
        Caller: appid=00000000-0000-4000-8000-000000000002;oid=00000000-0000-4000-8000-000000000003
        Action: 'Microsoft.KeyVault/vaults/secrets/getSecret/action'
        Resource: '/subscriptions/00000000-0000-4000-8000-000000000004/resourcegroups/fake/\
        providers/microsoft.keyvault/vaults/fake/secrets/%s'
        Assignment: (not found)
        DenyAssignmentId: null
        DecisionReason: null
        Vault: fake;location=westeurope
        """
            .formatted(name),
        "ForbiddenByRbac");
  }

  static KeyVaultResponse throttled() {
    return new KeyVaultResponse(
        429,
        Map.of("Retry-After", "1"),
        error(
            "Throttled",
            "Request was not processed because too many requests were received."
                + " Reason: VaultRequestTypeLimitReached"));
  }

  static KeyVaultResponse unavailable() {
    return new KeyVaultResponse(
        503, Map.of(), error("ServiceUnavailable", "The service is temporarily unavailable."));
  }

  static KeyVaultResponse badRequest(String message) {
    return new KeyVaultResponse(400, Map.of(), error("BadParameter", message));
  }

  private static KeyVaultResponse forbidden(String message, String code) {
    ObjectNode body = error("Forbidden", message);
    body.withObject("/error").putObject("innererror").put("code", code);
    return new KeyVaultResponse(403, Map.of(), body);
  }

  private static ObjectNode error(String code, String message) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("error").put("code", code).put("message", message);
    return body;
  }
}
