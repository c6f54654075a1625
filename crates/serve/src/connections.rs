//! Connections to the file that only read, lent out one piece of work at a time.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};
use std::thread;
use std::time::Duration;

use readout::knowledge::Knowledge;
use readout::store::Standing;
use readout::{Corpus, Ending, KeptLists};
use tokio::sync::Semaphore;

use crate::{Result, ServeError};

/// The longest time that an answer may take to make.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// Connections that only read, lent to one piece of work at a time: as many as there are processors, so that a crowd
/// of clients takes no more memory than a few do.
pub(crate) struct Connections {
    file: PathBuf,
    knowledge: Arc<Knowledge>,
    idle: Arc<Mutex<Vec<Corpus>>>,
    /// The file that the connections are to.
    standing: Arc<RwLock<Option<Standing>>>,
    lists: Arc<KeptLists>,
    room: Arc<Semaphore>,
}

/// Calls a question off when whoever waits for its answer is gone.
struct Waiting(Ending);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.call_off();
    }
}

impl Connections {
    pub(crate) fn open(file: PathBuf) -> Result<Self> {
        let count = thread::available_parallelism().map_or(2, usize::from).clamp(2, 8);
        let knowledge = Arc::new(Knowledge::shipped());
        let lists = Arc::new(KeptLists::default());
        let first = Corpus::reader(&file, Arc::clone(&knowledge))?.keeping(Arc::clone(&lists));
        let standing = Arc::new(RwLock::new(Some(first.standing().clone())));
        let idle = Arc::new(Mutex::new(vec![first]));
        Ok(Self { file, knowledge, idle, standing, lists, room: Arc::new(Semaphore::new(count)) })
    }

    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// Runs `work` on a thread that may wait, with a connection of its own. What it asks of the file stops after
    /// [`PATIENCE`], or as soon as nobody waits for it; until then nobody else has its room.
    pub(crate) async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Corpus) -> T + Send + 'static,
    ) -> Result<T> {
        let stopping = || ServeError::CutShort { what: "the answer" };
        let permit = Arc::clone(&self.room).acquire_owned().await.map_err(|_| stopping())?;
        let ending = Ending::after(PATIENCE);
        let waiting = Waiting(ending.clone());
        let (idle, standing) = (Arc::clone(&self.idle), Arc::clone(&self.standing));
        let lists = Arc::clone(&self.lists);
        let (file, knowledge) = (self.file.clone(), Arc::clone(&self.knowledge));
        let done = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let open = || Ok(Corpus::reader(&file, Arc::clone(&knowledge))?.keeping(Arc::clone(&lists)));
            let _held = current(&standing, &idle, open)?;
            let free = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let corpus = free.map_or_else(open, Ok)?;
            let done = corpus.until(&ending, work);
            // One that was stopped may hold on to a state of the file.
            if corpus.is_at_rest() {
                idle.lock().unwrap_or_else(PoisonError::into_inner).push(corpus);
            }
            Ok(done)
        })
        .await;
        drop(waiting);
        done.map_err(|_| stopping())?
    }
}

/// Returns a lock on the file at the path, which is opened anew if another file has taken the path. As long as the lock
/// is kept, all connections are to that file.
fn current<'s>(
    standing: &'s RwLock<Option<Standing>>,
    idle: &Mutex<Vec<Corpus>>,
    open: impl Fn() -> Result<Corpus>,
) -> Result<RwLockReadGuard<'s, Option<Standing>>> {
    let is_current =
        |standing: &Option<Standing>| standing.as_ref().is_some_and(|it| it.is_current().unwrap_or(false));
    loop {
        let held = standing.read().unwrap_or_else(PoisonError::into_inner);
        if is_current(&held) {
            return Ok(held);
        }
        drop(held);
        // When all who ask the old one are done: SQLite would take what lies beside it for a part of the new one.
        let mut standing = standing.write().unwrap_or_else(PoisonError::into_inner);
        if !is_current(&standing) {
            let mut idle = idle.lock().unwrap_or_else(PoisonError::into_inner);
            idle.clear();
            *standing = None;
            let corpus = open()?;
            *standing = Some(corpus.standing().clone());
            idle.push(corpus);
        }
    }
}
