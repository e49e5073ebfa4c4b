using System;
using Xunit;
using Xunit.Sdk;

namespace FsCheck.Xunit;

/// <summary>
/// A test whose arguments FsCheck draws; it holds when it returns true, or nothing and does not throw. Has
/// the name, the namespace and the settings of the attribute in the package FsCheck.Xunit, so that tests
/// compile with either.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
[XunitTestCaseDiscoverer("FsCheck.Xunit.PropertyDiscoverer", "Testbed.Tests.Properties")]
public class PropertyAttribute : FactAttribute
{
    /// <summary>Stands for "as the class, the assembly or FsCheck says".</summary>
    internal const int Unset = -1;

    /// <summary>
    /// "seed,gamma" or "seed,gamma,size" as a failure prints it: runs that case, or that sequence, again.
    /// </summary>
    public string? Replay { get; set; }

    /// <summary>Threads that evaluate cases side by side.</summary>
    public int Parallelism { get; set; } = Unset;

    /// <summary>Cases that must hold.</summary>
    public int MaxTest { get; set; } = Unset;

    /// <summary>Rejected cases per case that counts.</summary>
    public int MaxRejected { get; set; } = Unset;

    /// <summary>Size of the first case; sizes grow evenly up to <see cref="EndSize"/>.</summary>
    public int StartSize { get; set; } = Unset;

    public int EndSize { get; set; } = Unset;

    /// <summary>Prints every case.</summary>
    public bool Verbose { get; set; }

    /// <summary>Prints nothing when the property holds.</summary>
    public bool QuietOnSuccess { get; set; }

    /// <summary>Types whose static members say how to draw values; the nearest one wins.</summary>
    public Type[] Arbitrary { get; set; } = [];
}
