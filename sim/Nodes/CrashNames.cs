namespace Testbed.Sim;

/// <summary>Crash kinds as trace lines show them.</summary>
internal static class CrashNames
{
    public static string Of(CrashKind kind) => kind == CrashKind.Process ? "process" : "power-cut";
}
