using System.Collections.Generic;
using System.Linq;
using FsCheck.Xunit;

namespace Testbed.Tests.Engine;

// Some of these fail on purpose: what is not public is not run with the other tests.
#pragma warning disable xUnit1000

/// <summary>Properties that <see cref="PropertyAttributeTests"/> runs by hand.</summary>
internal sealed class PlantedProperties
{
    /// <summary>The arguments of every call, in order.</summary>
    public static List<int> Seen { get; } = [];

    [Property]
    public bool Holds(int a, int b) => a + b == b + a;

    [Property]
    public bool Fails_above_nine(uint a) => a < 10;

    [Property(Replay = "12345,67891")]
    public void Remembers(int a) => Seen.Add(a);

    [Property(Replay = "1,3,9", MaxTest = 5)]
    public void Remembers_one_size(int a) => Seen.Add(a);

    [Property]
    public void Throws(int[] numbers) => _ = numbers.Sum(number => 1 / (number + 1));

    [Property(MaxTest = 7)]
    public void Counts(int a) => Seen.Add(a);

    [Property(Verbose = true, MaxTest = 3)]
    public bool Prints(bool a) => a || !a;

    [Property(QuietOnSuccess = true)]
    public bool Is_quiet(bool a) => a || !a;
}
