using System;
using System.Collections.Generic;

namespace Testbed.Tests.Fence;

/// <summary>
/// One house rule that a single file keeps or breaks; <see cref="Check"/> gives a sentence per place.
/// </summary>
internal sealed record TidyRule(string Name, Func<TidyFile, IEnumerable<string>> Check);
