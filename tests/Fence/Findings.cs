using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Testbed.Tests.Fence;

/// <summary>Fails a test with every finding in full, one a line.</summary>
internal static class Findings
{
    public static void AreNone(IEnumerable<string> findings)
    {
        var all = findings.ToList();
        Assert.True(all.Count == 0, string.Join(Environment.NewLine, all));
    }
}
