using System;

namespace Testbed.Tests.Interop;

/// <summary>A client program that somebody else wrote.</summary>
/// <param name="Name">What tests call it.</param>
/// <param name="Install">What a person types, or provides, to have it.</param>
/// <param name="IsPartOfCi">
/// Whether CI installs it: its tests then fail without it. Other clients skip their tests everywhere.
/// </param>
/// <param name="IsPresent">Looks for it.</param>
internal sealed record Client(string Name, string Install, bool IsPartOfCi, Lazy<bool> IsPresent)
{
    public static bool IsCi { get; } =
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Why tests that need the client are skipped here; null when they run.</summary>
    public string? SkipReason => IsPresent.Value || (IsCi && IsPartOfCi) ? null : Absence;

    private string Absence => $"{Name} is not here: {Install}";

    /// <summary>Fails when the client is absent.</summary>
    public void Require()
    {
        if (!IsPresent.Value)
        {
            throw new ClientFailedException(Absence);
        }
    }
}
