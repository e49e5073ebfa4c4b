namespace Testbed.Runner;

/// <summary>The `testbed` program.</summary>
public static class Program
{
    public static int Main() => 2;
}
