package dev.outflow.embedded;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link FakeKeyVault}, which this JVM trusts, and the {@link FakeManagedIdentity} to
 * read it as: one of each for all tests of a JVM. Each test uses secrets of its own.
 */
public final class KeyVaultExtension implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    Class<?> type = parameter.getParameter().getType();
    return type == FakeKeyVault.class || type == FakeManagedIdentity.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    ExtensionContext.Store store =
        test.getRoot().getStore(ExtensionContext.Namespace.create(KeyVaultExtension.class));
    FakeKeyVault vault =
        store.getOrComputeIfAbsent(
            "vault", name -> FakeKeyVault.start().trustedHere(), FakeKeyVault.class);
    FakeManagedIdentity identity =
        store.getOrComputeIfAbsent(
            "identity", name -> FakeManagedIdentity.start(), FakeManagedIdentity.class);
    return parameter.getParameter().getType() == FakeKeyVault.class ? vault : identity;
  }
}
