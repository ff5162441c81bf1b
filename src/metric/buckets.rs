//! Which customer belongs to which bucket.

use crate::event_log::{CustomerNo, EventLog, JourneyNo};

/// A customer of a bucket.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member {
    pub(super) customer: CustomerNo,
    /// Where the customer's events begin: found without waiting for the tables of customers and of journeys.
    pub(super) first_event: u32,
}

/// Customers by bucket.
#[derive(Clone, Debug)]
pub(super) struct Members {
    starts: Vec<u32>,
    members: Vec<Member>,
}

impl Members {
    /// Where there is a bucket for each customer of the whole log, they take theirs in the order of their ids' bytes; else
    /// by the ids' hash. So a customer has the same bucket whatever part of the log is looked at.
    pub(super) fn new(log: &EventLog, buckets: usize) -> Self {
        if log.all_customers() <= buckets as u64 {
            let all = log.few_customers();
            let rank =
                |id: &[u8]| all.binary_search(&id).expect("a part's customers are of the log");
            Self::by(log, buckets, |id| rank(id) as u32)
        } else {
            Self::by(log, buckets, |id| bucket_of(id, buckets))
        }
    }

    pub(super) fn of(&self, bucket: usize) -> &[Member] {
        &self.members[self.starts[bucket] as usize..self.starts[bucket + 1] as usize]
    }

    fn by(log: &EventLog, buckets: usize, bucket_of: impl Fn(&[u8]) -> u32) -> Self {
        let all = || (0..log.customers() as u32).map(CustomerNo);
        let bucket: Vec<u32> = all().map(|customer| bucket_of(log.customer_id(customer))).collect();
        let mut starts = vec![0; buckets + 1];
        for &bucket in &bucket {
            starts[bucket as usize + 1] += 1;
        }
        (0..buckets).for_each(|bucket| starts[bucket + 1] += starts[bucket]);
        let nobody = Member { customer: CustomerNo(0), first_event: 0 };
        let (mut next, mut members) = (starts.clone(), vec![nobody; bucket.len()]);
        for customer in all() {
            let slot: &mut u32 = &mut next[bucket[customer.index()] as usize];
            members[*slot as usize] = Member { customer, first_event: first_event(log, customer) };
            *slot += 1;
        }
        Self { starts, members }
    }
}

fn first_event(log: &EventLog, customer: CustomerNo) -> u32 {
    log.events_of(JourneyNo(log.journeys_of(customer).start)).start as u32
}

/// FNV-1a of 64 bits (Fowler, Noll and Vo), then the finaliser of `SplitMix64` (Steele, Lea and Flood 2014), for
/// FNV's low bits alone are uneven. Pinned: a customer stays in a bucket from one version to the next.
fn bucket_of(id: &[u8], buckets: usize) -> u32 {
    let fnv = id.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mixed = (fnv ^ (fnv >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((mixed ^ (mixed >> 31)) % buckets as u64) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_stays_in_its_bucket() {
        // worked out by a program of another language
        assert_eq!(bucket_of(b"", 1024), 155);
        assert_eq!(bucket_of(b"C000001", 1024), 887);
    }

    #[test]
    fn buckets_are_even() {
        let mut sizes = [0_u32; 128];
        for customer in 0..128_000 {
            sizes[bucket_of(format!("C{customer:07}").as_bytes(), 128) as usize] += 1;
        }
        // 1,000 a bucket with a standard deviation of 32
        assert!(sizes.iter().all(|size| (850..1150).contains(size)), "{sizes:?}");
    }
}
