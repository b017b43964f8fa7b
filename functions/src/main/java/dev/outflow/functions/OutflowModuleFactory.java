package dev.outflow.functions;

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.factories.ModuleFactory;
import org.apache.flink.table.module.Module;

/** Creates the module for {@code LOAD MODULE outflow}. It has no options. */
public final class OutflowModuleFactory implements ModuleFactory {
  @Override
  public String factoryIdentifier() {
    return OutflowModule.NAME;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }

  @Override
  public Module createModule(Context context) {
    return new OutflowModule();
  }
}
