package dev.outflow.jar;

/** A library by its Maven coordinates. */
record Library(String group, String name, String version) implements Comparable<Library> {
  static final String OURS = "dev.outflow";

  boolean isOurs() {
    return group.equals(OURS);
  }

  @Override
  public int compareTo(Library other) {
    return toString().compareTo(other.toString());
  }

  /** Returns {@code group:name:version}. */
  @Override
  public String toString() {
    return "%s:%s:%s".formatted(group, name, version);
  }
}
