using System;

namespace Testbed.Tests.Fence;

/// <summary>One thing that compiled code of a fenced room may not do, told from what it mentions.</summary>
internal sealed record UseRule(string Why, Func<Use, bool> IsBrokenBy);
